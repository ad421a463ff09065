using System.Text.Json;
using Lading.Configuration;
using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Cli.Output;

/// <summary>What may be deleted and why the rest is kept, as JSON (schema/prune.schema.json).</summary>
internal static class PruneDocument
{
    public static string Of(RetentionReport report) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", report.Environment);
            json.WriteString("registry", report.Host);
            json.WriteString("readAt", report.Evidence.ReadAt);
            json.WriteBoolean("complete", report.IsComplete);
            json.WriteString("countedReader", report.Evidence.CountedReader?.Principal);
            json.WriteStartObject("evidence");
            foreach (var count in report.Evidence.Counts.DistinctBy(count => count.Noun))
            {
                json.WriteNumber(count.Noun, count.Number);
            }

            json.WriteEndObject();
            json.WriteStartArray("holds");
            foreach (var hold in report.Holds)
            {
                Write(json, hold);
            }

            json.WriteEndArray();
            json.WriteStartArray("accepted");
            foreach (var gap in report.Accepted)
            {
                Write(json, gap);
            }

            json.WriteEndArray();
            json.WriteStartArray("repositories");
            foreach (var repository in report.Repositories)
            {
                Write(json, repository);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>Writes a decision; <c>why --kept</c> uses the same words.</summary>
    public static void Write(Utf8JsonWriter json, ImageDecision image)
    {
        json.WriteStartObject();
        json.WriteString("digest", image.Image.Digest.ToString());
        json.WriteStartArray("tags");
        foreach (var tag in image.Image.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        if (image.Image.PushedAt is { } pushed)
        {
            json.WriteString("pushedAt", pushed);
        }

        json.WriteString("decision", image.IsKept ? "keep" : "delete");
        json.WriteStartArray("because");
        foreach (var reason in image.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("reason", reason.Text);
            if (reason.Use is { } use)
            {
                json.WriteString("kind", RetentionWords.Of(use.Kind));
                json.WriteString("action", use.Source.Action);
                json.WriteString("subject", use.Source.Subject);
                json.WriteString("readAt", use.Source.ReadAt);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a gap that <c>lading.json</c> accepts for a repository.</summary>
    public static void Write(Utf8JsonWriter json, ExceptedHold excepted)
    {
        json.WriteStartObject();
        WriteGap(json, excepted.Hold.Subject, excepted.Hold.Reason, excepted.Exception);
        json.WriteEndObject();
    }

    /// <summary>Writes a hold, with its reason and remedy.</summary>
    public static void Write(Utf8JsonWriter json, RepositoryHold hold)
    {
        json.WriteStartObject();
        json.WriteString("repository", hold.Repository?.Value);
        json.WriteString("subject", hold.Subject);
        json.WriteString("reason", hold.Reason);
        json.WriteString("remedy", hold.Remedy);
        json.WriteString("action", hold.Source?.Action);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AcceptedGap gap)
    {
        json.WriteStartObject();
        json.WriteStartArray("repositories");
        foreach (var name in gap.Repositories)
        {
            json.WriteStringValue(name.Value);
        }

        json.WriteEndArray();
        WriteGap(json, gap.Subject, gap.Reason, gap.Exception);
        json.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter json, string subject, string reason, RetentionException exception)
    {
        json.WriteString("subject", subject);
        json.WriteString("reason", reason);
        json.WriteString("until", UtcText.Day(exception.Until));
        json.WriteString("because", exception.Reason);
    }

    private static void Write(Utf8JsonWriter json, RepositoryPlan repository)
    {
        json.WriteStartObject();
        json.WriteString("name", repository.Repository.Name.Value);
        json.WriteBoolean("held", repository.Holds.Count > 0);
        json.WriteNumber("images", repository.Images.Count);
        json.WriteNumber("keep", repository.Images.Count(image => image.IsKept));
        json.WriteNumber("delete", repository.Images.Count(image => !image.IsKept));
        StatusDocument.Number(json, "freedBytes", repository.FreedBytes);
        StatusDocument.Number(json, "freedBytesAtMost", repository.FreedAtMost);
        json.WriteStartArray("decisions");
        foreach (var image in repository.Images)
        {
            Write(json, image);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
