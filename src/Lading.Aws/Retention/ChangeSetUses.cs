using Lading.Aws.CloudFormation;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Change sets that wait to be executed: what their templates name, which nothing runs yet.</summary>
internal sealed class ChangeSetUses : IUseReader
{
    public UseStage Stage => UseStage.ChangeSets;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var evidence = TemplateUses.EvidenceOf(region);
        await Task.WhenAll(region.Unread.Select(stack => ReadAsync(region, evidence, stack, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task ReadAsync(
        RegionFacts region,
        EnvironmentEvidence evidence,
        StackEvidence stack,
        CancellationToken cancellationToken
    )
    {
        var facts = region.Facts;
        var sets = await facts
            .ListAsync(next => new ListChangeSets(stack.Id, next), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        foreach (var set in sets.Where(set => set.IsPending))
        {
            var text = await facts
                .FindAsync(new GetTemplate(stack.Id, IsOriginal: true, set.Id), stack.Id, cancellationToken)
                .ConfigureAwait(false);
            if (text is null)
            {
                continue;
            }

            var (described, _) = await facts
                .FindAsync(new DescribeChangeSet(set.Id, null), stack.Id, cancellationToken)
                .ConfigureAwait(false);
            region.Uses.Count(1, "change set");
            region.Uses.Add(
                UseKind.ChangeSet,
                TemplateUses
                    .MentionsOf(text, evidence, stack with { Parameters = described?.Parameters ?? stack.Parameters })
                    .Images,
                $"change set {set.Name} of {stack.Name} names it",
                region.Origin("cloudformation:GetTemplate", set.Id)
            );
        }
    }
}
