using Lading.Cli.Commands;
using Lading.Oci;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>What <c>lading image referrers</c> shows (docs/image.md, "JSON").</summary>
internal sealed record ReferrerList(ImageLocation Location, Digest Subject, IReadOnlyList<Descriptor> Referrers)
{
    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(Json());
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

    private string Json() =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", Location.ToString());
            json.WriteString("subject", Subject.ToString());
            json.WriteStartArray("referrers");
            foreach (var referrer in Referrers)
            {
                json.WriteStartObject();
                json.WriteString("digest", referrer.Digest.ToString());
                json.WriteString("mediaType", referrer.MediaType);
                json.WriteNumber("size", referrer.Size);
                json.WriteString("artifactType", referrer.ArtifactType);
                json.WriteStartObject("annotations");
                foreach (var (key, value) in referrer.Annotations ?? new Dictionary<string, string>())
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
