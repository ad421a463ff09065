using Lading.Retention.Local;

namespace Lading.Cli.Output;

/// <summary>What was removed from an embedded registry, as JSON (docs/registry.md, "Cleaning up").</summary>
internal static class LocalPruneDocument
{
    public static string Of(string? environment, IReadOnlyList<RemovedImages> removed) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", environment ?? "local");
            json.WriteStartArray("repositories");
            foreach (var each in removed)
            {
                json.WriteStartObject();
                json.WriteString("repository", each.Repository.Value);
                json.WriteStartArray("deleted");
                foreach (var digest in each.Images)
                {
                    json.WriteStringValue(digest.ToString());
                }

                json.WriteEndArray();
                json.WriteNumber("spared", each.Kept);
                json.WriteNumber("freedBytes", each.FreedBytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("freedBytes", removed.Sum(each => each.FreedBytes));
            json.WriteEndObject();
        });
}
