using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Finds the parents of nested stacks.</summary>
internal static class StackNesting
{
    /// <summary>The stack itself if it is a top-level stack, otherwise the one it is nested in.</summary>
    public static StackEvidence TopOf(StackEvidence stack, IReadOnlyList<StackEvidence> stacks) =>
        ParentOf(stack, stacks) is { } parent ? TopOf(parent, stacks) : stack;

    /// <summary>The prefix of a nested stack's containers in records: the logical ids of the nested stacks, each with a slash.</summary>
    public static string PathOf(StackEvidence stack, IReadOnlyList<StackEvidence> stacks)
    {
        var parent = ParentOf(stack, stacks);
        var logicalId = parent
            ?.Resources?.Values.FirstOrDefault(resource => resource.PhysicalId == stack.Id)
            ?.LogicalId;
        return parent is null ? "" : $"{PathOf(parent, stacks)}{logicalId ?? stack.Name}/";
    }

    private static StackEvidence? ParentOf(StackEvidence stack, IReadOnlyList<StackEvidence> stacks) =>
        stack.ParentId is { } id && id != stack.Id ? stacks.FirstOrDefault(each => each.Id == id) : null;
}
