using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecs;

/// <summary>
/// An ECS operation, with what its requests and responses have in common: lists of names, pages, and failures beside
/// the results.
/// </summary>
internal abstract record EcsOperation<T>() : JsonOperation<T>(AwsService.Ecs)
{
    /// <summary>The maximum on a page of a listing (Amazon ECS API reference, <c>maxResults</c>).</summary>
    protected const int PageSize = 100;

    protected static void WritePage(Utf8JsonWriter json, string? next)
    {
        json.WriteNumber("maxResults", PageSize);
        if (next is not null)
        {
            json.WriteString("nextToken", next);
        }
    }

    protected static void WriteNames(Utf8JsonWriter json, string member, IEnumerable<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    protected static AwsPage<string> ReadNames(JsonElement answer, string member) =>
        new([.. AwsJson.Items(answer, member).Select(item => item.GetString()!)], answer.FindText("nextToken"));

    protected static AwsBatch<TItem> ReadBatch<TItem>(
        JsonElement answer,
        string member,
        Func<JsonElement, TItem> read
    ) =>
        new(
            [.. AwsJson.Items(answer, member).Select(read)],
            [
                .. AwsJson
                    .Items(answer, "failures")
                    .Select(failure => new AwsBatchFailure(
                        failure.FindText("arn") ?? "",
                        failure.FindText("reason") ?? "",
                        failure.FindText("detail") ?? ""
                    )),
            ]
        );
}
