using Lading.Processes;

namespace Lading.Assembly;

/// <summary>Runs the <c>run</c> command of an image in the clean checkout of its sources.</summary>
internal static class SourceCommand
{
    /// <summary>
    /// Cloud credentials, and variables that lead to them: package installers in such a command run third-party code,
    /// and generating files needs no account. A command that does need one can read it from another variable.
    /// </summary>
    private static readonly string[] CloudCredentials =
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

    /// <summary>
    /// Set in a git hook or alias that runs lading; they would point git at the repository instead of the checkout.
    /// </summary>
    private static readonly string[] GitVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <summary>Runs the command with the shell.</summary>
    /// <param name="image">The image's name, for the error.</param>
    /// <param name="command">As in <c>lading.json</c>.</param>
    /// <param name="folder">The working directory.</param>
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
        var environment = CloudCredentials
            .Concat(GitVariables)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

        // Tools that support reproducible builds use this as the time (reproducible-builds.org).
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

    /// <summary>Calls this system's shell with a command.</summary>
    public static ProgramCall Shell(string command) => Shell(command, OperatingSystem.IsWindows());

    /// <summary>Calls a given system's shell with a command.</summary>
    internal static ProgramCall Shell(string command, bool isWindows) =>
        isWindows
            ? new ProgramCall("cmd.exe") { CommandLine = $"/d /s /c \"{command}\"" }
            : new ProgramCall("/bin/sh", "-c", command);
}
