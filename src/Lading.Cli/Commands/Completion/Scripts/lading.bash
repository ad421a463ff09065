# bash completion for lading: source <(lading completion bash)
_lading() {
  # What stands before the cursor, split at spaces alone: bash itself splits at = : @ as well.
  local line=${COMP_LINE:0:COMP_POINT} current="" shared="" candidate rest options=$-
  local -a words
  local IFS=$' \t\n'
  set -f
  words=($line)
  [[ $options == *f* ]] || set +f
  if [[ $line != *[[:space:]] ]]; then
    current=${words[${#words[@]} - 1]}
    unset "words[${#words[@]}-1]"
  fi

  # bash puts a candidate after the last of these characters.
  case $current in *[=:@]*) shared=${current%"${current##*[=:@]}"} ;; esac
  COMPREPLY=()
  while IFS=$'\t' read -r candidate rest; do
    if [[ $candidate == :files ]]; then
      while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "${current#"$shared"}")
      compopt -o filenames 2>/dev/null
    else
      COMPREPLY+=("${candidate#"$shared"}")
      [[ $candidate != *@ ]] || compopt -o nospace 2>/dev/null
    fi
  done < <("${COMP_WORDS[0]}" complete -- "${words[@]:1}" "=$current" 2>/dev/null)
}
complete -F _lading lading
