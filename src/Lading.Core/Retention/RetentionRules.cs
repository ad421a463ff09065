using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>Decides what is kept, and why, from evidence alone: without a call, a file or a clock.</summary>
internal static class RetentionRules
{
    /// <summary>A decision for every image of every repository. What nobody could tell keeps, and never deletes.</summary>
    /// <param name="evidence">What was read. Ages are counted from its time.</param>
    /// <param name="policy">What is wanted though nothing uses it.</param>
    public static RetentionPlan Decide(RetentionEvidence evidence, RetentionPolicy policy)
    {
        var graphs = evidence.Repositories.Select(repository => new ImageGraph(repository)).ToList();
        var kept = new RetainedImages(graphs, evidence.Promotions);
        KeepWanted(kept, new NamedImages(graphs), evidence, policy);
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            AgeRules.Keep(kept, graph, evidence.ReadAt, policy);
        }

        kept.Spread();
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            UnownedImages.Keep(kept, graph, policy);
        }

        kept.Spread();
        KeepArchived(kept);
        var holds = HeldRepositories.Of(graphs, evidence, policy);
        var stops = evidence.Holds.Where(hold => hold.ConcernsAll).ToList();
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            foreach (var hold in holds[graph].Holds.Concat(stops))
            {
                kept.Hold(graph, new KeepReason(KeepRule.Hold, hold.Reason));
            }
        }

        kept.Spread();
        return new RetentionPlan([.. graphs.Select((graph, i) => Plan(graph, kept.DecisionsOf(i), holds[i]))])
        {
            Stops = stops,
        };
    }

    private static void KeepWanted(
        RetainedImages kept,
        NamedImages names,
        RetentionEvidence evidence,
        RetentionPolicy policy
    )
    {
        var wanted = evidence
            .Uses.Concat(LastReleases.Of(evidence, policy))
            .Concat(KeptByName.Of(evidence.ReadAt, policy));
        foreach (var use in wanted)
        {
            var reason = new KeepReason(KeepRule.Use, use.Reason, use);
            foreach (var image in names.Find(use.Image))
            {
                kept.Keep(image, reason, isNamed: true);
            }
        }
    }

    /// <summary>A mark would restore what is archived, and nothing goes unmarked. What stays needs its children.</summary>
    private static void KeepArchived(RetainedImages kept)
    {
        var reason = new KeepReason(KeepRule.Archived, "archived already");
        foreach (var image in kept.All.Where(image => kept.ImageOf(image).IsArchived && !kept.IsKept(image)))
        {
            kept.Keep(image, reason, isNamed: false);
        }

        kept.Spread();
    }

    private static RepositoryPlan Plan(ImageGraph graph, IReadOnlyList<ImageDecision> decisions, HeldRepository held) =>
        new(graph.Repository, decisions, held.Holds, FreedBytes.Of(decisions))
        {
            FreedAtMost = FreedBytes.AtMost(decisions),
            Excepted = held.Excepted,
        };
}
