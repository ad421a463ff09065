using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud;

/// <summary>
/// Answers that are behind: who asks the same again within a time gets what was answered before, as AWS's reads may be
/// (Amazon ECS API reference, "eventual consistency").
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
