#!/bin/sh
# Runs the benchmarks of docs/benchmarks.md, seed by seed: sh docs/benchmarks.sh [NAME ...], by default
#   ring grid swiss-roll ring-long grid-long stacked-mnist stacked-mnist-dcgan
# Runs that are done are kept in runs/bench and left alone, others go on at their last snapshot: it can be stopped and
# started again at any time.
set -eu
cd "$(dirname "$0")/.."
command=${KERAS_GANS:-keras-gans}
wanted=${*:-ring grid swiss-roll ring-long grid-long stacked-mnist stacked-mnist-dcgan}
# Steps as small as these are fastest in one thread: as many runs at once as there are cores. With JAX it is faster to train
# all seeds of a game as one program, KERAS_BACKEND=jax PARALLEL=--vectorize ROUNDS=10: on an accelerator, or one benchmark a
# core.
parallel=${PARALLEL:---jobs $(nproc)}
rounds=${ROUNDS:-1 3 10}

# plane NAME RUNS: a benchmark in the plane, with a quarter of the published units and a twentieth of the steps
plane() {
    "$command" bench "$1" --runs "$2" --set width=0.25 --set steps=20000 $parallel --json "runs/bench/$1.json"
}

# long NAME RUNS: the published table's GAN and PacGAN for all of its steps
long() {
    "$command" bench "${1%-long}" --game ns_gan --game "pac_gan[packing=2]" --runs "$2" --set width=0.25 $parallel \
        --json "runs/bench/$1.json"
}

# stacked NAME RUNS: three digits in three channels, with the published D or one that sees contrast
stacked() {
    protocol=unrolled${1#stacked-mnist}
    "$command" bench stacked-mnist --protocol "$protocol" --runs "$2" $parallel --json "runs/bench/$1.json"
}

# copy NAME FROM TO: the runs of a benchmark and their pictures
copy() {
    mkdir -p "$3/$1-strips"
    cp "$2/$1.json" "$2/$1.png" "$3/"
    cp "$2/$1-strips/"*.png "$3/$1-strips/"
}

# publish NAME: what is there so far goes to docs/benchmarks, and the page's tables are made anew
publish() {
    [ -e "runs/bench/$1.json" ] || return 0
    copy "$1" runs/bench docs/benchmarks
    "$command" bench table docs/benchmarks.md
}

# What is published need not be run again.
for name in $wanted; do
    if [ -e "docs/benchmarks/$name.json" ] && [ ! -e "runs/bench/$name.json" ]; then
        copy "$name" docs/benchmarks runs/bench
    fi
done

# First every game has one seed in every benchmark, then three, then ten; of the longest three are enough.
for runs in $rounds; do
    few=$((runs > 3 ? 3 : runs))
    for name in $wanted; do
        case $name in
            *-long) long "$name" "$few" ;;
            stacked-mnist*) stacked "$name" "$few" ;;
            *) plane "$name" "$runs" ;;
        esac
        publish "$name"
    done
done
