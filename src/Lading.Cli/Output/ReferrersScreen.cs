using Lading.Cli.Commands;
using Lading.Oci;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image referrers</c> (docs/image.md, "JSON").</summary>
internal sealed record ReferrersScreen(ImageLocation Location, Digest Subject, IReadOnlyList<Descriptor> Referrers)
{
    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(ReferrersDocument.Of(this));
            return;
        }

        var table = new TextTable();
        foreach (var referrer in Referrers)
        {
            table.Add(
                referrer.Digest.ToString(),
                Amount.OfBytes(referrer.Size),
                Markup.Escape(referrer.ArtifactType ?? referrer.MediaType)
            );
        }

        invocation.Terminal.ResultTable(table);
        if (Referrers.Count == 0)
        {
            invocation.Terminal.Narrate($"  nothing refers to {Subject}");
        }
    }
}
