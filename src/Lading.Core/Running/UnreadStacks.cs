using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// The containers of stacks whose template could not be read, as far as their records list them; their state is
/// unreadable.
/// </summary>
internal static class UnreadStacks
{
    public static IEnumerable<ContainerVerdict> Of(EvidenceIndex index) =>
        from record in index.Evidence.Records
        let stack = index.Evidence.Stacks.FirstOrDefault(each => each.Name == record.Stack && each.ParentId is null)
        where stack is { Template: null }
        from image in record.Record.Images
        from use in image.Value.UsedBy.DefaultIfEmpty(image.Key)
        select new ContainerVerdict
        {
            Stack = stack.Name,
            Service = use.Contains('/', StringComparison.Ordinal) ? use[..use.LastIndexOf('/')] : use,
            Container = ArnName.Of(use),
            Image = RecordedImage.NameOf(image.Key),
            Reference = image.Value.Reference,
            Pinned = ReleaseFacts.DigestOf(image.Value.Reference),
            State = RunningState.Unreadable,
            Reason =
                index.FindUnread(stack.Id, "cloudformation:GetTemplate")?.Reason
                ?? "the template of its stack was not read",
            Evidence = [record.Source, stack.Source],
        };
}
