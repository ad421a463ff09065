using System.Text.Json;

namespace Lading.Aws.Protocols;

/// <summary>A listing in the protocols "AWS JSON 1.0" and "1.1", page by page.</summary>
/// <param name="Service">The service.</param>
/// <param name="List">The member of the response that lists the items.</param>
/// <param name="Token">The member of request and response with the token of the next page; services differ in the case
/// of its first letter.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal abstract record JsonListing<T>(AwsService Service, string List, string Token, string? Next)
    : JsonOperation<AwsPage<T>>(Service)
{
    protected sealed override void Write(Utf8JsonWriter json)
    {
        WriteOthers(json);
        if (Next is not null)
        {
            json.WriteString(Token, Next);
        }
    }

    protected sealed override AwsPage<T> Read(JsonElement answer) =>
        new([.. AwsJson.Items(answer, List).Select(ReadItem)], answer.FindText(Token));

    /// <summary>Writes the members of the request other than the token.</summary>
    protected virtual void WriteOthers(Utf8JsonWriter json) { }

    /// <summary>Reads an item.</summary>
    protected abstract T ReadItem(JsonElement item);
}
