using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>A plan as JSON, for build matrices (docs/output.md, "plan").</summary>
internal static class PlanDocument
{
    public static string Of(ShippingPlan plan) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("images");
            foreach (var image in plan.Images)
            {
                json.WriteStartObject();
                json.WriteString("name", image.Name);
                json.WriteString("repository", image.Repository.Value);
                json.WriteString("fingerprint", image.Image.Fingerprint.Hex);
                json.WriteNumber("fingerprintVersion", image.Image.FingerprintVersion);
                json.WriteString("tag", image.SourceTag.Name);
                json.WriteString("action", Words.Of(image.Action));
                json.WriteString("digest", image.Digest?.ToString());
                json.WriteNumber("inputs", image.Image.Inputs.FileCount);
                json.WriteStartArray("floatingBases");
                foreach (var unpinned in image.Image.Inputs.Bases.Where(input => input.IsUnpinned))
                {
                    json.WriteStringValue(unpinned.Reference);
                }

                json.WriteEndArray();
                json.WriteStartArray("platforms");
                foreach (var platform in image.Image.Definition.Platforms)
                {
                    json.WriteStringValue(platform.ToString());
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            BuildNotesDocument.Write(json, plan.Notes);
            json.WriteEndObject();
        });
}
