namespace Lading.Git;

/// <summary>Failures of git, each with its remedy.</summary>
internal static class GitFailure
{
    public static LadingException Of(string attempted, string error)
    {
        var message = error.Trim().Replace("fatal: ", "", StringComparison.Ordinal);
        var firstLine = message.Split('\n')[0].TrimEnd('.', ':');
        const string Gone = "not a git repository: ";
        if (message.StartsWith(Gone, StringComparison.Ordinal))
        {
            return LadingException.Usage(
                attempted,
                $"this folder is a worktree or submodule, but its repository no longer exists: {firstLine[Gone.Length..]}",
                "Restore the repository, or clone it again."
            );
        }

        if (message.Contains("not a git repository", StringComparison.Ordinal))
        {
            return LadingException.Usage(
                attempted,
                "this folder is not in a git repository",
                "Images get their identity from git: run 'git init', and commit."
            );
        }

        if (message.Contains("dubious ownership", StringComparison.Ordinal))
        {
            return new LadingException(
                attempted,
                $"git says: {message}",
                "The repository belongs to another user. If that is intended, run the 'git config' command above."
            );
        }

        // Every supported git has the commands that Lading uses.
        var isOld =
            message.Contains("unknown option", StringComparison.Ordinal)
            || message.Contains("unknown switch", StringComparison.Ordinal)
            || message.Contains("is not a git command", StringComparison.Ordinal);
        return new LadingException(
            attempted,
            $"git says: {(firstLine.Length == 0 ? "nothing" : message)}",
            isOld
                ? $"Lading needs git {GitProgram.Oldest} or later. '{DoctorCheck.Command(DoctorCheck.GitVersion)}' tells which one this is."
                : ""
        );
    }

    /// <summary>A referenced object does not exist.</summary>
    public static LadingException MissingObject(ObjectId id, string type = "object") =>
        new(
            "Could not read the git repository",
            $"{type} {id} is not in it",
            "Run 'git fsck'; in a partial clone, see that its remote can be reached."
        );

    public static LadingException Missing(string attempted, Exception cause) =>
        new(
            attempted,
            "git is not installed, or not on the PATH",
            $"Install git ({GitProgram.Oldest} or later): images get their identity from it. '{DoctorCheck.Command(DoctorCheck.GitVersion)}' looks for it.",
            innerException: cause
        );
}
