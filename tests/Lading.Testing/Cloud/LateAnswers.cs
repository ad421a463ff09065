using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud;

/// <summary>
/// Stale answers: the same question, asked again within <see cref="By"/>, gets the earlier answer, as AWS's reads are
/// eventually consistent (Amazon ECS API reference, "eventual consistency").
/// </summary>
internal sealed class LateAnswers
{
    private readonly Dictionary<string, (DateTimeOffset At, int Status, string Body)> kept = new(
        StringComparer.Ordinal
    );

    /// <summary>How old an answer may be.</summary>
    public TimeSpan By { get; set; }

    public (int Status, JsonObject Body) Answer(
        string question,
        DateTimeOffset now,
        Func<(int Status, JsonObject Body)> ask
    )
    {
        if (By > TimeSpan.Zero && kept.TryGetValue(question, out var old) && now - old.At <= By)
        {
            return (old.Status, JsonNode.Parse(old.Body)!.AsObject());
        }

        var (status, body) = ask();
        if (By > TimeSpan.Zero)
        {
            kept[question] = (now, status, body.ToJsonString());
        }

        return (status, body);
    }
}
