using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>What a build can read, including the targets of symbolic links (docs/fingerprint.md, "Only what can be read").</summary>
internal sealed class FollowedLinks
{
    /// <summary>Far more than real Dockerfiles need; links that lead into each other could continue forever.</summary>
    private const int MaxSources = 1000;

    private readonly SortedDictionary<string, ContextPattern> known = new(StringComparer.Ordinal);
    private string? reason;
    private int named;

    private FollowedLinks() { }

    /// <summary>Links whose targets must be known first; empty if none is missing.</summary>
    public IReadOnlyList<ObjectId> Unknown { get; private set; } = [];

    /// <summary>What can be read; incomplete while a target is unknown.</summary>
    public Narrowing Narrowing =>
        (
            reason is null
                ? new Narrowing(new ReadablePaths([.. known.Values]), null, null)
                : Narrowing.Whole(null, reason)
        ) with
        {
            FollowsLinks = reason is not null || known.Count > named,
        };

    /// <summary>Follows links from what a Dockerfile reads.</summary>
    /// <param name="paths">The paths that it reads.</param>
    /// <param name="walk">Walks the tree of the context.</param>
    /// <param name="folder">Which files of it count at all.</param>
    /// <param name="targets">The targets of links, as far as they are known.</param>
    /// <exception cref="LadingException">A link on the way points out of the context.</exception>
    public static FollowedLinks From(
        ReadablePaths paths,
        Action<ITreeVisitor> walk,
        FolderScope folder,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    )
    {
        var followed = new FollowedLinks();
        var unknown = new List<ObjectId>();
        var next = followed.Add(paths.Sources);
        followed.named = followed.known.Count;
        while (next.Count > 0)
        {
            var search = new LinkSearch(next, folder);
            walk(search);
            if (search.Within is { } module)
            {
                followed.reason ??= $"something within the submodule {module} is read, whose links are not followed";
            }

            var further = new List<ContextPattern>();
            foreach (var link in search.Found)
            {
                if (!targets.TryGetValue(link.Target, out var target))
                {
                    unknown.Add(link.Target);
                }
                else if (followed.Resolve(link, GitPath.Decode(target)) is { } source)
                {
                    further.Add(source);
                }
            }

            next = followed.Add(further);
        }

        followed.Unknown = unknown;
        return followed;
    }

    private List<ContextPattern> Add(IEnumerable<ContextPattern> sources)
    {
        var added = sources.Where(source => known.TryAdd(source.Key, source)).ToList();
        if (known.Count <= MaxSources)
        {
            return added;
        }

        reason ??= "there are too many symbolic links on the way to what is copied";
        return [];
    }

    /// <returns>The source with the link replaced by its target; null if everything counts.</returns>
    private ContextPattern? Resolve(FoundLink link, string target)
    {
        var folder = target.StartsWith('/') ? [] : link.Path.Split('/').SkipLast(1).ToList();
        var isDown = false;
        foreach (var part in target.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                isDown = true;
                folder.Add(part);
                continue;
            }

            if (isDown)
            {
                // What ".." refers to depends on whether the folder before it is itself a link.
                reason ??= $"the symbolic link {link.Path} goes up behind a folder: {target}";
                return null;
            }

            if (folder.Count == 0)
            {
                throw OutOfContext(link, target);
            }

            folder.RemoveAt(folder.Count - 1);
        }

        try
        {
            var source = link.Source.Through(folder, link.Behind);
            if (source.Key.Length > 0)
            {
                return source;
            }
        }
        catch (FormatException e)
        {
            reason ??= $"the symbolic link {link.Path} leads to a path that is not understood: {e.Message}";
            return null;
        }

        reason ??= $"the symbolic link {link.Path} leads to all of it";
        return null;
    }

    private static LadingException OutOfContext(FoundLink link, string target) =>
        LadingException.Usage(
            "Could not read what a Dockerfile copies",
            $"the symbolic link {link.Path} points out of the build context, to {target}",
            "An engine sees nothing outside of the context: choose a context that holds both, or copy the file itself."
        );
}
