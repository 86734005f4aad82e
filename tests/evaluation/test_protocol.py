import pytest

from keras_gans.evaluation import Protocol


@pytest.mark.parametrize(
    ("name", "metric", "count", "split", "outputs"),
    [
        ("fid_10k_test", "fid", 10_000, "test", ("fid",)),
        ("kid_500_train", "kid", 500, "train", ("kid",)),
        ("pr_2k_test", "pr", 2000, "test", ("precision", "recall")),
        ("recall_2k_test", "pr", 2000, "test", ("recall",)),
        ("prd_precision_10k_test", "prd", 10_000, "test", ("prd_precision",)),
        ("fid_50_train[90%:]", "fid", 50, "train[90%:]", ("fid",)),
    ],
)
def test_the_name_says_it_all(name, metric, count, split, outputs):
    protocol = Protocol.parse(name)
    assert protocol == Protocol(metric, count, split, outputs)
    # What a result is called can be asked for again.
    for full_name in protocol.names:
        assert Protocol.parse(full_name).names == [full_name]


def test_one_name_for_one_protocol():
    assert Protocol.parse("fid_10000_test").names == ["fid_10k_test"]
    assert Protocol.parse("fid_1500_test").names == ["fid_1500_test"]


def test_a_short_name_with_count_and_split():
    assert Protocol.parse("fid", 297, "test") == Protocol.parse("fid_297_test")
    assert Protocol.parse("fid_1k_train", 297, "test") == Protocol.parse("fid_1k_train")


@pytest.mark.parametrize("name", ["fid", "fid_test", "fid_0_test", "fid_10k", "FID_10k_test", ""])
def test_a_name_without_its_protocol_is_refused(name):
    with pytest.raises(ValueError, match="Expected <metric>_<count>_<split>, e.g. fid_10k_test"):
        Protocol.parse(name)


def test_an_unknown_metric_lists_the_nearest():
    with pytest.raises(ValueError, match="nearest: .*recall"):
        Protocol.parse("recal_10k_test")
