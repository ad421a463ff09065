using System.ComponentModel;
using System.Text;
using Amazon.Runtime;
using Lading.Processes;

namespace Lading.Aws.Credentials;

/// <summary>Keys in the output of a program: the user's own (<c>credential_process</c>), or the AWS CLI for <c>aws login</c>.</summary>
/// <param name="call">The program.</param>
/// <param name="origin">Its name in messages: <c>the credential_process of profile dev</c>.</param>
internal sealed class ProgramKeys(ProgramCall call, string origin) : RefreshingAWSCredentials
{
    private const int MaximumText = 300;

    /// <summary>Long enough to confirm on another device.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Splits a command line like a shell: words, and quotes of both kinds.</summary>
    public static ProgramCall Split(string line) => Split(line, OperatingSystem.IsWindows());

    /// <summary>Splits a command line like the shell of a given system.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isWindows">Whether the system is Windows, whose paths have backslashes.</param>
    public static ProgramCall Split(string line, bool isWindows)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else
            {
                // Windows paths keep their backslashes.
                var isEscape =
                    c == '\\'
                    && quote != '\''
                    && at + 1 < line.Length
                    && (quote == '\0' ? !isWindows : line[at + 1] is '"' or '\\');
                word.Append(isEscape ? line[++at] : c);
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return words.Count == 0
            ? throw new InvalidOperationException("its credential_process is empty")
            : new ProgramCall(words[0], words[1..]);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Credentials are asked for asynchronously.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var result = await ProgramRunner
                .RunAsync(call, ReadOnlyMemory<byte>.Empty, limit.Token)
                .ConfigureAwait(false);
            return result.ExitCode == 0
                ? KeyDocument.Read(result.Output, origin, version: 1)
                : throw new IOException($"{origin} failed (exit code {result.ExitCode}): {Excerpt(result.Error)}");
        }
        catch (ProgramNotFoundException e)
        {
            throw new IOException($"{origin} cannot be started: the program {call.Program} was not found", e);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{origin} cannot be started: {e.Message}", e);
        }
        catch (OperationCanceledException e)
        {
            throw new IOException($"{origin} did not answer within {Limit.TotalSeconds:0} s", e);
        }
    }

    private static string Excerpt(string error)
    {
        var text = string.Join(
            ' ',
            string.Concat(error.Select(c => char.IsControl(c) ? ' ' : c))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return text.Length == 0 ? "it said nothing" : text[..Math.Min(text.Length, MaximumText)];
    }
}
