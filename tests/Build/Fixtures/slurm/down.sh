#!/usr/bin/env bash
# down.sh FOLDER: ends what up.sh started there, by its pid files.
folder=$(realpath -m "$1")
SLURM_CONF="$folder/slurm.conf" timeout 10 scancel --quiet --state=RUNNING --me 2> /dev/null
SLURM_CONF="$folder/slurm.conf" timeout 10 scancel --quiet --me 2> /dev/null
for _ in $(seq 1 100); do
  [[ -n "$(SLURM_CONF="$folder/slurm.conf" timeout 10 squeue -h 2> /dev/null)" ]] || break
  sleep 0.1
done
for file in "$folder"/run/slurmd-*.pid "$folder"/run/slurmctld.pid; do
  [[ -s "$file" ]] || continue
  pid=$(cat "$file")
  # A number that something else has by now is left alone.
  case "$(cat "/proc/$pid/comm" 2> /dev/null)" in slurmd | slurmctld) kill -KILL "$pid" ;; *) continue ;; esac
  for _ in $(seq 1 100); do
    # Whoever adopts orphans may reap them late: a zombie counts as gone.
    case "$(ps -o stat= -p "$pid")" in '' | Z*) break ;; esac
    sleep 0.05
  done
done
