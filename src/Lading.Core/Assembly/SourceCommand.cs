using Lading.Processes;

namespace Lading.Assembly;

/// <summary>Runs the <c>run</c> command of an image in the clean checkout of its sources.</summary>
internal static class SourceCommand
{
    /// <summary>
    /// Cloud credentials, and what can obtain them: the package installers in such a command are third-party programs, and making files
    /// needs no account. A command that does need one reads it from a variable of its own.
    /// </summary>
    private static readonly string[] Withheld =
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        "ACTIONS_ID_TOKEN_REQUEST_URL",
    ];

    /// <summary>In a git hook or alias that runs lading, they would lead git from the checkout into the repository.</summary>
    private static readonly string[] Misleading = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <summary>Runs the command with the shell.</summary>
    /// <param name="image">For the error.</param>
    /// <param name="command">As in <c>lading.json</c>.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="lines">Receives each line of its output.</param>
    /// <param name="cancellationToken">Stops it and the processes it started.</param>
    /// <exception cref="LadingException">It failed; the message ends with its last output.</exception>
    public static async Task RunAsync(
        string image,
        string command,
        string folder,
        IProgress<string> lines,
        CancellationToken cancellationToken
    )
    {
        var environment = Withheld
            .Concat(Misleading)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

        // The time that reproducible tools use (reproducible-builds.org).
        environment["SOURCE_DATE_EPOCH"] = "0";
        var shell = Shell(command);
        var output = new OutputRecord(lines);
        var exitCode = await ProgramRunner
            .RunAsync(
                shell with
                {
                    WorkingDirectory = folder,
                    Environment = environment,
                },
                output,
                output.Errors,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new LadingException(
                $"Could not make the files of image {image} with '{command}'",
                $"it ended with exit code {exitCode}{output.AsBlock()}",
                "\nIt runs in a checkout of the image's sources alone: whatever it needs must be among \"sources\"."
            );
        }
    }

    /// <summary>The call of this system's shell with a command.</summary>
    public static ProgramCall Shell(string command) => Shell(command, OperatingSystem.IsWindows());

    /// <summary>The call of a given system's shell with a command.</summary>
    internal static ProgramCall Shell(string command, bool isWindows) =>
        isWindows
            ? new ProgramCall("cmd.exe") { CommandLine = $"/d /s /c \"{command}\"" }
            : new ProgramCall("/bin/sh", "-c", command);
}
