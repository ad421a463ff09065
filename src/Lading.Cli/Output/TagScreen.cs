using Lading.Cli.Commands;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image tag</c>: each tag with its image (docs/image.md, "JSON").</summary>
internal sealed record TagScreen(ImageLocation Location, Digest Digest, IReadOnlyList<Tag> Tags)
{
    public void Show(Invocation invocation)
    {
        if (!invocation.Json)
        {
            foreach (var tag in Tags)
            {
                invocation.Terminal.Result((Location with { Tag = tag, Digest = Digest }).ToString());
            }

            return;
        }

        invocation.Terminal.Result(TagDocument.Of(this));
    }
}
