using Lading.Aws.CloudFormation;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads change sets that may still be executed: the images in their templates, before and after transforms. Nothing
/// has been created yet, so images that are determined during the execution are unknown.
/// </summary>
internal sealed class ChangeSetUses : IUseReader
{
    public UseStage Stage => UseStage.ChangeSets;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var facts = region.Facts;
        var listed = await Task.WhenAll(
                region.Unread.Select(async stack =>
                {
                    var sets = await facts
                        .ListAsync(next => new ListChangeSets(stack.Id, next), stack.Id, cancellationToken)
                        .ConfigureAwait(false);
                    return sets.Where(set => set.IsPending).Select(set => (Stack: stack, Set: set));
                })
            )
            .ConfigureAwait(false);
        var pending = listed.SelectMany(each => each).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        var evidence = await region.ReadSurroundingsAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(pending.Select(each => ReadAsync(region, evidence, each.Stack, each.Set, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task ReadAsync(
        RegionFacts region,
        EnvironmentEvidence evidence,
        StackEvidence stack,
        ListedChangeSet set,
        CancellationToken cancellationToken
    )
    {
        var facts = region.Facts;
        var texts = await TemplateUses.ReadTextsAsync(region, stack, set.Id, cancellationToken).ConfigureAwait(false);
        if (texts.Count == 0)
        {
            return;
        }

        var (described, _) = await facts
            .FindAsync(new DescribeChangeSet(set.Id, null), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        var changed = stack with { Parameters = described?.Parameters ?? stack.Parameters };
        var (images, unknown) = await TemplateUses
            .ReadMentionsAsync(region, evidence, changed, texts, _ => true, cancellationToken)
            .ConfigureAwait(false);
        foreach (var resource in unknown)
        {
            facts.Note(
                "cloudformation:GetTemplate",
                stack.Id,
                $"the image of {resource} in change set {set.Name} of {stack.Name} is known at deployment only",
                []
            );
        }

        region.Uses.Count(1, "change set");
        region.Uses.Add(
            UseKind.ChangeSet,
            images,
            $"change set {set.Name} of {stack.Name} names it",
            region.Origin("cloudformation:GetTemplate", set.Id)
        );
    }
}
