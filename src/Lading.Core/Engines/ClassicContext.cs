using Lading.Oci;

namespace Lading.Engines;

/// <summary>Makes a context ready for Docker's builder from before BuildKit, which reads no Dockerfile and no ignore file from elsewhere.</summary>
internal static class ClassicContext
{
    private const string Dockerfile = ".lading.Dockerfile";

    /// <summary>Puts the Dockerfile into the context, and says in its <c>.dockerignore</c> that nothing else stays out.</summary>
    /// <remarks>The builder takes both away again before anything is copied, but for a <c>.dockerignore</c> that is an input itself.</remarks>
    /// <returns>What is to be built then.</returns>
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
            KeepOut(new FileInfo(Path.Combine(request.Context, ".dockerignore")));
        }

        File.WriteAllText(inside, WithoutUnreached(File.ReadAllText(request.Dockerfile), request.Unreached));
        return request with { Dockerfile = inside, Args = WithPlatform(request) };
    }

    /// <summary>The last line that matches decides: everything is let in again, then the two are kept out.</summary>
    private static void KeepOut(FileInfo ignore)
    {
        var lines = $"!**\n{Dockerfile}\n";
        if (ignore.LinkTarget is not null)
        {
            // What is written through it would be in another file of the context, or nowhere; and it has kept out what it says already.
            ignore.Delete();
        }
        else
        {
            lines = ignore.Exists ? $"{File.ReadAllText(ignore.FullName)}\n{lines}" : $".dockerignore\n{Dockerfile}\n";
        }

        File.WriteAllText(ignore.FullName, lines);
    }

    /// <summary>BuildKit and the others tell a build its platform by arguments; this builder has to be told to.</summary>
    private static Dictionary<string, string> WithPlatform(BuildRequest request)
    {
        var args = new Dictionary<string, string>(PlatformArguments.Of(request.Platform), StringComparer.Ordinal);
        foreach (var (name, value) in request.Args)
        {
            args[name] = value;
        }

        return args;
    }

    /// <summary>This builder runs every stage before the target, even those that it takes nothing from.</summary>
    private static string WithoutUnreached(string dockerfile, IReadOnlyList<(int First, int Last)> unreached) =>
        string.Join(
            '\n',
            dockerfile.Split('\n').Where((_, i) => !unreached.Any(lines => lines.First <= i + 1 && i + 1 <= lines.Last))
        );
}
