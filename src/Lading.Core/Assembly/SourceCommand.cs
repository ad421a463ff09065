using Lading.Processes;

namespace Lading.Assembly;

/// <summary>Runs the <c>run</c> command of an image in the clean checkout of its sources.</summary>
internal static class SourceCommand
{
    /// <summary>
    /// Credentials of the cloud, and what buys them: the installers of packages that such a command runs are other people's
    /// programs, and making files needs no account. A command that does need one reads it from a variable of its own.
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

    /// <summary>Where a git hook or alias runs lading, they would lead git from the checkout into the repository.</summary>
    private static readonly string[] Misleading = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <summary>Runs the command with the shell.</summary>
    /// <param name="image">For the error.</param>
    /// <param name="command">As in <c>lading.json</c>.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="lines">Told each line that it writes.</param>
    /// <param name="cancellationToken">Ends it and what it started.</param>
    /// <exception cref="LadingException">It failed; the message ends with the last it wrote.</exception>
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

        // What tools that care for reproducible results take the time from (reproducible-builds.org).
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

    /// <summary>The shell of this system, with a command.</summary>
    public static ProgramCall Shell(string command) => Shell(command, OperatingSystem.IsWindows());

    /// <summary>The shell of a kind of system, with a command.</summary>
    internal static ProgramCall Shell(string command, bool isWindows) =>
        isWindows
            ? new ProgramCall("cmd.exe") { CommandLine = $"/d /s /c \"{command}\"" }
            : new ProgramCall("/bin/sh", "-c", command);
}
