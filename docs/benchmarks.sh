#!/bin/sh
# Runs the benchmarks of docs/benchmarks.md, seed by seed: sh docs/benchmarks.sh [NAME ...], by default
#   ring grid swiss-roll ring-long grid-long stacked-mnist
# Runs that are done are kept in runs/bench and left alone, so it can be stopped and started again at any time.
set -eu
cd "$(dirname "$0")/.."
command=${KERAS_GANS:-keras-gans}
wanted=${*:-ring grid swiss-roll ring-long grid-long stacked-mnist}
# Steps as small as these are fastest in one thread: as many runs at once as there are cores. On an accelerator with JAX,
# KERAS_BACKEND=jax PARALLEL=--vectorize trains all seeds of a game as one program.
parallel=${PARALLEL:---jobs $(nproc)}

# plane NAME RUNS: a benchmark in the plane, with a quarter of the published units and a twentieth of the steps
plane() {
    "$command" bench "$1" --runs "$2" --set width=0.25 --set steps=20000 $parallel --json "runs/bench/$1.json"
}

# long NAME RUNS: the published table's GAN and PacGAN for all of its steps
long() {
    "$command" bench "${1%-long}" --game ns_gan --game "pac_gan[packing=2]" --runs "$2" --set width=0.25 $parallel \
        --json "runs/bench/$1.json"
}

# publish NAME: what is there so far goes to docs/benchmarks, and the page's tables are made anew
publish() {
    [ -e "runs/bench/$1.json" ] || return 0
    mkdir -p docs/benchmarks
    cp "runs/bench/$1.json" "runs/bench/$1.png" docs/benchmarks/
    "$command" bench table docs/benchmarks.md
}

# What is published need not be run again.
mkdir -p runs/bench
for name in $wanted; do
    if [ -e "docs/benchmarks/$name.json" ]; then cp -n "docs/benchmarks/$name.json" runs/bench/; fi
done

# First every game has one seed in every benchmark, then three, then ten.
for runs in 1 3 10; do
    for name in $wanted; do
        case $name in
            *-long) [ "$runs" -gt 3 ] || long "$name" "$runs" ;;
            stacked-mnist) [ "$runs" -gt 3 ] || "$command" bench "$name" --runs "$runs" $parallel --json "runs/bench/$name.json" ;;
            *) plane "$name" "$runs" ;;
        esac
        publish "$name"
    done
done
