"""A local web page for looking around in a trained model: samples, ways between them, nearest real images."""

from keras_gans.explorer.explorer import Explorer
from keras_gans.explorer.page import launch
from keras_gans.explorer.served import Served

__all__ = ["Explorer", "Served", "launch"]
