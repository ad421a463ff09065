#compdef lading
# zsh completion for lading: source <(lading completion zsh), after compinit; or save it as _lading in a folder of $fpath.
_lading() {
  local line value text
  local -a lines candidates beginnings
  lines=("${(@f)$("${(Q)words[1]}" complete -- "${(@Q)words[2,CURRENT-1]}" "=${(Q)PREFIX}" 2>/dev/null)}")
  for line in "${lines[@]}"; do
    value=${line%%$'\t'*}
    text=${line#*$'\t'}
    case $value in
      '') ;;
      :files) _files ;;
      *@) beginnings+=("${value//:/\\:}:$text") ;;
      *) candidates+=("${value//:/\\:}:$text") ;;
    esac
  done

  (( ${#candidates} )) && _describe lading candidates
  (( ${#beginnings} )) && _describe lading beginnings -S ''
  return 0
}
if [[ ${funcstack[1]} == _lading ]]; then
  _lading "$@"
else
  compdef _lading lading
fi
