using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Creates verdicts before their state is decided.</summary>
internal static class ContainerVerdicts
{
    /// <summary>The container and its pin, without a state.</summary>
    public static ContainerVerdict Begin(
        Workload workload,
        NamedContainer container,
        Pin pin,
        EvidenceIndex evidence
    ) =>
        new()
        {
            Stack = NameOf(workload.Stack.Stack, evidence.Evidence),
            Kind = workload.Kind,
            Service = workload.PhysicalId.Length > 0 ? ArnName.Of(workload.PhysicalId) : workload.LogicalId,
            Container = container.Container,
            Image = pin.Image,
            Reference = pin.Reference?.ToString() ?? container.Reference.Text,
            Pinned = pin.Digest,
            State = RunningState.Unreadable,
            Evidence = FactOrigin.Among(
                workload.Stack.Stack.Source,
                workload.Stack.Stack.TemplateSource,
                evidence.FindRecord(container)?.Source,
                pin.Digest is { } digest ? evidence.FindImage(pin.Repository, digest)?.Source : null
            ),
        };

    /// <summary>A stack's name; for a nested stack, the name of its top-level stack and the logical ids between.</summary>
    private static string NameOf(StackEvidence stack, EnvironmentEvidence evidence)
    {
        var top = StackNesting.TopOf(stack, evidence.Stacks);
        return top == stack ? stack.Name : $"{top.Name}/{StackNesting.PathOf(stack, evidence.Stacks).TrimEnd('/')}";
    }
}
