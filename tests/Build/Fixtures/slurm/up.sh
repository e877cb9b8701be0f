#!/usr/bin/env bash
# up.sh FOLDER PORT NODES: a private Slurm of Debian's packages on the loopback interface, as any user, without systemd, munge and
# cgroups. PORT to PORT+99 must be free. auth/none lets every local user be anybody: for tests only.
set -eu
folder=$(realpath -m "$1") port=$2 nodes=$3

# The daemons listen where the machine's name resolves to. Root can give them the name localhost in a namespace of their own.
if [[ "$(hostname)" != localhost && "$(id -u)" == 0 && -z "${NESTED:-}" ]] && unshare --uts true 2> /dev/null; then
  NESTED=1 exec unshare --uts bash -c 'hostname localhost; exec bash "$@"' bash "$0" "$@"
fi
name=$(hostname -s)
[[ "$(getent hosts "$name" | cut -d' ' -f1)" == @(127.*|::1) ]] || { echo "'$name' does not resolve to a loopback address; add '127.0.0.1 $name' to /etc/hosts" >&2; exit 1; }
mkdir -p "$folder"/{state,spool,log,run}

# cred_expire: a lost job starts again so many seconds later, by when also a busy node must have cleared the first start away (120 elsewhere).
cat > "$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SrunPortRange=$((port + 50))-$((port + 99))
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/none
AuthInfo=cred_expire=15
CredType=cred/none
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd-%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
MailProg=/bin/true
MpiDefault=none
SwitchType=switch/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
EnforcePartLimits=ALL
MinJobAge=3600
KillWait=2
CompleteWait=0
InactiveLimit=0
SlurmctldTimeout=10
SlurmdTimeout=10
CONF
for i in $(seq 1 "$nodes"); do
  mkdir -p "$folder/spool/n$i"
  echo "NodeName=n$i NodeHostname=$name NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=4 RealMemory=2000 State=UNKNOWN" >> "$folder/slurm.conf"
done
echo "PartitionName=p Nodes=ALL Default=YES MaxTime=INFINITE State=UP" >> "$folder/slurm.conf"
echo "PartitionName=urgent Nodes=ALL PriorityTier=10 MaxTime=INFINITE State=UP" >> "$folder/slurm.conf"
export SLURM_CONF="$folder/slurm.conf"
/usr/sbin/slurmctld
for i in $(seq 1 "$nodes"); do /usr/sbin/slurmd -N "n$i"; done
for _ in $(seq 1 3000); do
  [[ "$(sinfo -h -t idle -o %D 2> /dev/null)" == "$nodes" ]] && exit 0
  sleep 0.1
done
sinfo >&2 || true
tail -n 20 "$folder"/log/*.log >&2
exit 1
