using Lading.Oci;

namespace Lading.Engines;

/// <summary>
/// Prepares a context for Docker's classic builder, which reads the Dockerfile and the ignore file only from the
/// context.
/// </summary>
internal static class ClassicContext
{
    private const string Dockerfile = ".lading.Dockerfile";

    /// <summary>Copies the Dockerfile into the context, with a <c>.dockerignore</c> that excludes nothing else.</summary>
    /// <remarks>The builder removes both before anything is copied, unless the <c>.dockerignore</c> is an input itself.</remarks>
    /// <returns>The request for the classic builder.</returns>
    /// <exception cref="LadingException">The image needs BuildKit.</exception>
    public static BuildRequest Prepare(BuildRequest request, string engine)
    {
        var needs =
            request.Secrets.Count > 0 ? "secrets"
            : request.Ssh.Count > 0 ? "ssh"
            : request.Contexts.Count > 0 ? "contexts"
            : null;
        if (needs is not null)
        {
            throw new LadingException(
                $"Could not build image {request.Image} with {engine}",
                $"it has \"{needs}\", which only BuildKit knows, and {engine} has none: buildx is not installed",
                "Install it (the package is docker-buildx or docker-buildx-plugin), or build with another engine: --engine podman."
            );
        }

        var inside = Path.Combine(request.Context, Dockerfile);
        if (!File.Exists(inside))
        {
            Exclude(new FileInfo(Path.Combine(request.Context, ".dockerignore")));
        }

        File.WriteAllText(inside, WithoutUnreached(File.ReadAllText(request.Dockerfile), request.Unreached));
        return request with { Dockerfile = inside, Args = WithPlatform(request) };
    }

    /// <summary>The last matching line decides: everything is included again, then the two are excluded.</summary>
    private static void Exclude(FileInfo ignore)
    {
        var lines = $"!**\n{Dockerfile}\n";
        if (ignore.LinkTarget is not null)
        {
            // Writing through it would change another file of the context, or fail; and its rules have already been
            // applied to the context.
            ignore.Delete();
        }
        else
        {
            lines = ignore.Exists ? $"{File.ReadAllText(ignore.FullName)}\n{lines}" : $".dockerignore\n{Dockerfile}\n";
        }

        File.WriteAllText(ignore.FullName, lines);
    }

    /// <summary>BuildKit and the others pass the platform as arguments; this builder needs them explicitly.</summary>
    private static Dictionary<string, string> WithPlatform(BuildRequest request)
    {
        var args = new Dictionary<string, string>(PlatformArguments.Of(request.Platform), StringComparer.Ordinal);
        foreach (var (name, value) in request.Args)
        {
            args[name] = value;
        }

        return args;
    }

    /// <summary>This builder runs every stage before the target, even those that it does not use.</summary>
    private static string WithoutUnreached(string dockerfile, IReadOnlyList<(int First, int Last)> unreached) =>
        string.Join(
            '\n',
            dockerfile.Split('\n').Where((_, i) => !unreached.Any(lines => lines.First <= i + 1 && i + 1 <= lines.Last))
        );
}
