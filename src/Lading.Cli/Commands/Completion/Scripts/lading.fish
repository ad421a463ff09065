# fish completion for lading: lading completion fish > ~/.config/fish/completions/lading.fish
function __lading_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in ($program complete -- $words "=$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c lading -f -a '(__lading_complete)'
