using Lading.Configuration;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>The holds of each repository: missing evidence, unless an exception accepts it.</summary>
internal static class HeldRepositories
{
    /// <returns>In the order of <paramref name="graphs"/>.</returns>
    public static IReadOnlyList<HeldRepository> Of(
        IReadOnlyList<ImageGraph> graphs,
        RetentionEvidence evidence,
        RetentionPolicy policy
    )
    {
        var today = UtcDay.Of(evidence.ReadAt);
        var holds = WithOrigins(graphs, evidence);
        var byHost = holds.ToLookup(hold => hold.Host is null ? "" : UsedImage.UsualHost(hold.Host));
        return
        [
            .. graphs.Select(graph =>
                Split(
                    graph.Repository.Name,
                    byHost[""]
                        .Concat(byHost[graph.Host])
                        .Where(hold => hold.Repository is null || hold.Repository == graph.Repository.Name)
                        .Concat(Unread(graph)),
                    policy,
                    today
                )
            ),
        ];
    }

    /// <summary>
    /// A promotion target that could not be listed may need any image of its origin: the origin is then held as well.
    /// </summary>
    private static List<RepositoryHold> WithOrigins(IReadOnlyList<ImageGraph> graphs, RetentionEvidence evidence)
    {
        var holds = evidence.Holds.Where(hold => !hold.ConcernsAll).ToList();
        if (holds.Count == 0)
        {
            return holds;
        }

        var read = graphs.Select(graph => (graph.Host, graph.Repository.Name)).ToHashSet();
        var paths = evidence
            .Promotions.Select(path =>
                (From: UsedImage.UsualHost(path.OriginHost), To: UsedImage.UsualHost(path.TargetHost), path.Target)
            )
            .ToList();
        // Each round follows the promotion paths by one more environment.
        foreach (var _ in evidence.Promotions)
        {
            var more =
                from path in paths
                where path.From != path.To
                from hold in holds
                where hold.Host is null || UsedImage.UsualHost(hold.Host) == path.To
                from graph in graphs
                where graph.Host == path.From && !read.Contains((path.To, graph.Repository.Name))
                where hold.Repository is null || hold.Repository == graph.Repository.Name
                select hold with
                {
                    Host = graph.Host,
                    Repository = graph.Repository.Name,
                };
            holds = [.. holds.Concat(more.ToList()).Distinct()];
        }

        return holds;
    }

    /// <summary>An index whose children are unknown may need any image of its repository.</summary>
    private static IEnumerable<RepositoryHold> Unread(ImageGraph graph)
    {
        var unread = graph.Repository.Images.FirstOrDefault(image => image.Children is null);
        if (unread is not null)
        {
            yield return new RepositoryHold(
                graph.Host,
                graph.Repository.Name,
                $"what {unread.Digest.Short} needs is unknown: its manifest was not read",
                "Run it again, with access to ecr:BatchGetImage.",
                null
            )
            {
                Subject = $"manifest {unread.Digest}",
            };
        }
    }

    private static HeldRepository Split(
        RepositoryName name,
        IEnumerable<RepositoryHold> holds,
        RetentionPolicy policy,
        DateOnly today
    )
    {
        var (held, excepted) = (new List<RepositoryHold>(), new List<ExceptedHold>());
        foreach (var hold in holds.Distinct())
        {
            var exceptions = policy.Exceptions.Where(each => Accepts(each, hold, name)).ToList();
            if (exceptions.Find(each => each.Until >= today) is { } exception)
            {
                excepted.Add(new ExceptedHold(hold, exception));
            }
            else if (exceptions.MaxBy(each => each.Until) is { } ended)
            {
                held.Add(
                    hold with
                    {
                        Reason = $"{hold.Reason} (the exception for it ended on {UtcText.Day(ended.Until)})",
                    }
                );
            }
            else
            {
                held.Add(hold);
            }
        }

        return new HeldRepository(held, excepted);
    }

    private static bool Accepts(RetentionException exception, RepositoryHold hold, RepositoryName name) =>
        exception.Of == hold.Subject && (exception.Repository is null || exception.Repository == name);
}

/// <summary>The holds of a repository, and those lifted by an exception.</summary>
internal sealed record HeldRepository(IReadOnlyList<RepositoryHold> Holds, IReadOnlyList<ExceptedHold> Excepted);
