using Lading.Locks;
using Lading.Processes;

namespace Lading.Launching;

/// <summary>
/// A lock that the user named and may have committed: it is read as it is, and never written. A file, or a folder with one for each
/// environment.
/// </summary>
/// <param name="Location">The named file or folder.</param>
internal sealed record NamedLock(LockLocation Location)
{
    /// <summary>
    /// The lock named on the command line, otherwise in the app's context (<c>lading:lock</c>), otherwise in
    /// <c>LADING_LOCK</c>; null
    /// for none.
    /// </summary>
    /// <param name="option">The value of <c>--lock</c>.</param>
    /// <param name="context">The app's context.</param>
    /// <param name="caller">The process.</param>
    public static NamedLock? Find(string? option, CdkContext context, CallingProcess caller) =>
        (option ?? NotEmpty(context.TextOf("lading:lock")) ?? caller.Variable(CdkVariables.Lock)) is { } named
            ? new NamedLock(LockLocation.Of(caller.WorkingDirectory, caller.WorkingDirectory, named))
            : null;

    /// <summary>The path of an environment's lock.</summary>
    public string For(string environment) => Location.For(environment);

    /// <summary>Reads the lock of an environment.</summary>
    /// <exception cref="LadingException">It is missing, cannot be read, or belongs to another environment.</exception>
    public ImageLock Read(string environment)
    {
        var path = For(environment);
        var content =
            LockFile.Find(path)
            ?? throw new LadingException(
                $"Could not read the lock {path}",
                "the file does not exist",
                $"Run 'lading publish --env {environment} --lock {ShellArgument.Of(path)}', or 'lading resolve' with the same options if the images are published already.",
                FailureKind.CheckFailed
            );
        return content.Environment == environment
            ? content
            : throw LadingException.Usage(
                $"Could not use the lock {path}",
                $"it belongs to environment {content.Environment}, not to {environment}",
                "Name the environment with --env, or another lock with --lock."
            );
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
