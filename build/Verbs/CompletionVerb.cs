using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Prints a script by which a shell completes targets, profiles, and the switches and formats of the target that was named.</summary>
internal static class CompletionVerb
{
    /// <summary>
    /// Writes the script, for bash and, by its bashcompinit, for zsh. Tables and profiles are those of the folder experiments/ when it is asked.
    /// </summary>
    public static async Task<ExitCode> WriteAsync(TextWriter output)
    {
        string verbs = string.Join(' ', Verb.All.Select(verb => verb.Name));
        string switches = string.Join("\n        ", Verb.All.Select(verb => $"{verb.Name}) words=\"{Switches(verb)}\" ;;"));
        string formats = string.Join(
            ' ', Verb.All.Where(verb => verb.Formats.Count > 0).Select(verb => $"{verb.Name}) words=\"{string.Join(' ', verb.Formats)}\" ;;"));
        await output.WriteAsync($$"""
            # source <(./build.sh --completion)
            [ -z "${ZSH_VERSION:-}" ] || { autoload -U +X bashcompinit && bashcompinit; }
            _naturalthoughts() {
              local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" target="" folder name words="" i
              if [ "$word" = "=" ]; then
                word=""
              elif [ "$before" = "=" ]; then
                before="${COMP_WORDS[COMP_CWORD - 2]}"
              fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "${COMP_WORDS[i]}" in --target|-t) target="${COMP_WORDS[i + 1]}"; [ "$target" != "=" ] || target="${COMP_WORDS[i + 2]:-}" ;; esac
              done
              folder="$(dirname "${COMP_WORDS[0]}")/experiments"
              case "$before" in
                --target|-t)
                  words="{{verbs}} $(cd "$folder/tables" 2>/dev/null && for name in *.yaml; do echo "${name%%.*}"; done)" ;;
                --profile)
                  words="$(cd "$folder/profiles" 2>/dev/null && for name in *.yaml; do echo "${name%.yaml}"; done)" ;;
                --format)
                  case "$target" in {{formats}} esac ;;
                *)
                  case "$target" in
                    {{switches}}
                    "") words="{{Switches(null)}}" ;;
                    *) words="{{Switches(Verb.OfTargets)}}" ;;
                  esac ;;
              esac
              COMPREPLY=($(compgen -W "$words" -- "$word"))
              case "${COMPREPLY[0]:-}" in *=) type compopt >/dev/null 2>&1 && compopt -o nospace ;; esac
            }
            complete -F _naturalthoughts build.sh ./build.sh

            """);
        return ExitCode.Done;
    }

    // Of a verb or a target those that it takes; all where neither is named yet.
    private static string Switches(Verb? verb) =>
        string.Join(' ', Switch.All.Where(item => verb?.Takes(item.Name) ?? true).Select(item => "--" + item.Name + (item.Value is null ? "" : "=")));
}
