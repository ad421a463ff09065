using Lading.Retention;

namespace Lading.Cli.Output;

/// <summary>Why an image is kept, as JSON (schema/kept.schema.json).</summary>
internal static class KeptDocument
{
    public static string Of(RetentionReport report, RepositoryPlan repository, ImageDecision image) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", report.Environment);
            json.WriteString("registry", report.Host);
            json.WriteString("repository", repository.Repository.Name.Value);
            json.WriteString("readAt", report.Evidence.ReadAt);
            json.WritePropertyName("image");
            PruneDocument.Write(json, image);
            json.WriteStartArray("holds");
            foreach (var hold in repository.Holds)
            {
                PruneDocument.Write(json, hold);
            }

            json.WriteEndArray();
            json.WriteStartArray("accepted");
            foreach (var excepted in repository.Excepted)
            {
                PruneDocument.Write(json, excepted);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
