# Sourced by build.sh and check.sh: how many compilers the machine has room for.

# Memory that may still be used, in MB: the machine's, or the container's if that is less.
free_memory_mb() {
  local free limit used
  free=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [[ $limit != max ]]; then
    used=$(cat /sys/fs/cgroup/memory.current 2>/dev/null || echo 0)
    limit=$(((limit - used) / 1024 / 1024))
    free=$((limit < free ? limit : free))
  fi
  echo "$free"
}

# A file that sees torch takes up to 2 GB to compile.
parallel_jobs() {
  local by_memory cores
  by_memory=$(($(free_memory_mb) / 2000))
  cores=$(nproc)
  echo $((by_memory < 1 ? 1 : by_memory < cores ? by_memory : cores))
}
