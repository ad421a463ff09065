using System.Globalization;
using System.Text;
using Lading.Processes;

namespace Lading.Git;

/// <summary>
/// The <c>git</c> program, run in one folder with settings that keep a hostile repository from running programs.
/// </summary>
/// <param name="Folder">A folder of the working tree.</param>
internal sealed record GitProgram(string Folder)
{
    /// <summary>The oldest supported git.</summary>
    public static Version Oldest { get; } = new(2, 36);

    /// <summary>Additional environment variables, such as another object store.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Additional settings that override the repository's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>A call of git with these arguments.</summary>
    public ProgramCall Call(params IReadOnlyList<string> arguments) =>
        new(
            "git",
            [
                // Without programs that the repository's configuration could run.
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                .. arguments,
            ]
        )
        {
            WorkingDirectory = Folder,
            Environment = new Dictionary<string, string?>(Variables.Concat(SettingVariables()), StringComparer.Ordinal)
            {
                // Reading neither takes the lock of the index nor waits for it.
                ["GIT_OPTIONAL_LOCKS"] = "0",
                ["GIT_TERMINAL_PROMPT"] = "0",
                ["LC_ALL"] = "C",
            },
        };

    /// <summary>Runs git; any exit code but 0 is a failure with git's own message.</summary>
    /// <param name="attempted">Its purpose, as the start of an error.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="arguments">The sub-command and its arguments.</param>
    /// <param name="cancellationToken">Cancels the git command.</param>
    /// <exception cref="LadingException">git is missing, or it failed.</exception>
    public async Task<ProgramResult> RunAsync(
        string attempted,
        ReadOnlyMemory<byte> input,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var result = await ProgramRunner.RunAsync(Call(arguments), input, cancellationToken).ConfigureAwait(false);
            return result.ExitCode == 0 ? result : throw GitFailure.Of(attempted, result.Error);
        }
        catch (ProgramNotFoundException e)
        {
            throw GitFailure.Missing(attempted, e);
        }
    }

    /// <summary>Runs git without input.</summary>
    /// <exception cref="LadingException">git is missing, or it failed.</exception>
    public Task<ProgramResult> RunAsync(
        string attempted,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    ) => RunAsync(attempted, ReadOnlyMemory<byte>.Empty, arguments, cancellationToken);

    /// <summary>Lists paths with a command that ends each with a zero byte (<c>-z</c>); those that are not UTF-8 are left out.</summary>
    /// <exception cref="LadingException">git is missing, or it failed.</exception>
    public async Task<IEnumerable<string>> ListPathsAsync(
        string attempted,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var result = await RunAsync(attempted, arguments, cancellationToken).ConfigureAwait(false);
        return GitPath
            .Decode(result.Output.Span)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(GitPath.IsUtf8);
    }

    /// <summary>
    /// Passes settings as variables: "-c key=value" would be split at a "=" in the key (git-config, GIT_CONFIG_COUNT).
    /// </summary>
    private IEnumerable<KeyValuePair<string, string?>> SettingVariables()
    {
        if (Settings.Count == 0)
        {
            yield break;
        }

        const string Count = "GIT_CONFIG_COUNT";
        _ = int.TryParse(
            System.Environment.GetEnvironmentVariable(Count),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        );
        foreach (var (key, value) in Settings)
        {
            yield return new($"GIT_CONFIG_KEY_{number.ToString(CultureInfo.InvariantCulture)}", key);
            yield return new($"GIT_CONFIG_VALUE_{number.ToString(CultureInfo.InvariantCulture)}", value);
            number++;
        }

        yield return new(Count, number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Lines for standard input; empty if there are none, since an empty line would be a request.</summary>
    internal static byte[] Lines(IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
