using Lading.Cli.Commands;
using Lading.Launching;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The output of <c>run</c> before the app starts.</summary>
internal sealed class RunScreen(Invocation invocation) : IRunProgress
{
    public IPublishProgress BeginPublishing() => new ShippingScreen(invocation.AsPart());

    public void NoImages(string reason) => invocation.Terminal.Warn($"the app gets no images: {reason}");

    public void Uncommitted(IReadOnlyList<string> images) =>
        invocation.Terminal.Warn(
            $"uncommitted inputs of {string.Join(", ", images)} are not in the images that the app gets, which are made from HEAD; --dirty includes them."
        );
}
