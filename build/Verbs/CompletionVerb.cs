using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Prints a script by which a shell completes switches, targets and profiles of build.sh.</summary>
internal static class CompletionVerb
{
    /// <summary>Writes the script, for bash and, by its bashcompinit, for zsh. Tables and profiles are those of the folder experiments/ when it is asked.</summary>
    public static async Task<ExitCode> WriteAsync(TextWriter output)
    {
        string switches = string.Join(' ', Switch.All.Select(item => "--" + item.Name + (item.Value is null ? "" : "=")));
        string verbs = string.Join(' ', Verb.All.Select(verb => verb.Name));
        await output.WriteAsync($$"""
            # source <(./build.sh --completion)
            [ -z "${ZSH_VERSION:-}" ] || { autoload -U +X bashcompinit && bashcompinit; }
            _naturalthoughts() {
              local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" folder name words
              if [ "$word" = "=" ]; then
                word=""
              elif [ "$before" = "=" ]; then
                before="${COMP_WORDS[COMP_CWORD - 2]}"
              fi
              folder="$(dirname "${COMP_WORDS[0]}")/experiments"
              case "$before" in
                --target|-t)
                  words="{{verbs}} $(cd "$folder/tables" 2>/dev/null && for name in *.yaml; do echo "${name%%.*}"; done)" ;;
                --profile)
                  words="$(cd "$folder/profiles" 2>/dev/null && for name in *.yaml; do echo "${name%.yaml}"; done)" ;;
                *)
                  words="{{switches}}" ;;
              esac
              COMPREPLY=($(compgen -W "$words" -- "$word"))
              case "${COMPREPLY[0]:-}" in *=) type compopt >/dev/null 2>&1 && compopt -o nospace ;; esac
            }
            complete -F _naturalthoughts build.sh ./build.sh

            """);
        return ExitCode.Done;
    }
}
