using Lading.Leases;

namespace Lading.Tests.Leases;

/// <summary>Records what it hears about leases.</summary>
internal sealed class LeaseListener : ILeaseProgress
{
    public List<string> Heard { get; } = [];

    public void Unleased(LadingException reason) => Heard.Add($"unleased: {reason.Message}");

    public void Stole(string stack, Lease from) => Heard.Add($"stole {stack} from {from.Holder}");

    public void Lost(string stack, Lease to, string selector) =>
        Heard.Add($"lost {stack} to {to.Holder}: lading status {selector}");
}
