namespace Lading.Context;

/// <summary>The paths of a context that a build can read (docs/fingerprint.md, "Only what can be read").</summary>
internal sealed class ReadablePaths(IReadOnlyList<ContextPattern> sources)
{
    public IReadOnlyList<ContextPattern> Sources { get; } = sources;

    /// <summary>
    /// Whether a build may read a file (its path within the context, with <c>/</c>): it matches a source, is in a folder that matches,
    /// or is a file or link where a source expects a folder.
    /// </summary>
    public bool Covers(ReadOnlySpan<char> path)
    {
        foreach (var source in Sources)
        {
            if (Covers(source, path))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Covers(ContextPattern source, ReadOnlySpan<char> path)
    {
        var states = source.Start;
        while (states != 0)
        {
            var slash = path.IndexOf('/');
            states = source.After(states, slash < 0 ? path : path[..slash]);
            if (slash < 0 || source.IsNamed(states))
            {
                break;
            }

            path = path[(slash + 1)..];
        }

        return states != 0;
    }
}
