#!/bin/sh
# Trains the presets of the zoo, one after another, and scores them: sh zoo/train.sh [NAME ...]
# A preset that is there is left alone; a run that was interrupted goes on where it stopped.
set -eu
cd "$(dirname "$0")/.."
command=${KERAS_GANS:-keras-gans}

# preset NAME GAME NETWORK DATA EPOCHS [options of keras-gans train]
preset() {
    name=$1 game=$2 network=$3 data=$4 epochs=$5
    shift 5
    case " $wanted " in *" $name "* | "  ") ;; *) return 0 ;; esac
    [ -e "zoo/$name" ] && return 0
    "$command" train --game "$game" --network "$network" --data "$data" --epochs "$epochs" --precision bfloat16 \
        --set generator.width=0.25 --set discriminator.width=0.25 --set compile.ema_momentum=0.999 \
        --set compile.steps_per_execution=20 --out "runs/zoo/$name" "$@"
    "$command" preset "runs/zoo/$name" "zoo/$name"
    "$command" evaluate "zoo/$name" --samples 10000 --runs 3 --metrics fid,kid,is,pr --json "runs/zoo/$name.json"
    "$command" preset "zoo/$name" --results "runs/zoo/$name.json"
}

wanted=$*
# A critic of a few epochs takes larger steps than the paper's, of hundreds of epochs.
fast="--set compile.generator_optimizer.learning_rate=5e-4 --set compile.discriminator_optimizer.learning_rate=5e-4"
# One step of each player, as SAGAN trains its hinge game.
alternating="--set compile.discriminator_steps=1"

preset ns_gan_mnist ns_gan dcgan mnist 10
preset wgan_gp_mnist wgan_gp dcgan mnist 25 $fast
preset acgan_mnist acgan auxiliary_dcgan mnist 10
preset hinge_gan_mnist hinge_gan dcgan mnist 10 $alternating
preset conditional_gan_mnist conditional_gan conditional_dcgan mnist 10
preset info_gan_mnist info_gan infogan mnist 10
preset lsgan_mnist lsgan dcgan mnist 10
preset dragan_mnist dragan dcgan mnist 10
preset gan_mnist gan dcgan mnist 10
preset f_gan_pearson_mnist f_gan dcgan mnist 10 --set compile.objective.divergence=pearson
preset f_gan_kl_mnist f_gan dcgan mnist 10
preset wgan_mnist wgan dcgan mnist 25
preset pac_gan_mnist pac_gan dcgan mnist 10
preset projection_gan_mnist projection_gan projection_dcgan mnist 10 $alternating
preset ns_gan_fashion_mnist ns_gan dcgan fashion_mnist 15
preset wgan_gp_fashion_mnist wgan_gp dcgan fashion_mnist 25 $fast
preset hinge_gan_fashion_mnist hinge_gan dcgan fashion_mnist 15 $alternating
preset acgan_fashion_mnist acgan auxiliary_dcgan fashion_mnist 15
