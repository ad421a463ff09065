namespace Lading.Testing.Cloud.Moto;

/// <summary>An answer given in place of moto's.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Body">The response body.</param>
/// <param name="Type">Its media type.</param>
internal sealed record MotoAnswer(int Status, string Body, string Type)
{
    /// <summary>In the JSON protocol.</summary>
    public static MotoAnswer Json(int status, string body) => new(status, body, "application/x-amz-json-1.1");

    /// <summary>In the query protocol.</summary>
    public static MotoAnswer Xml(int status, string body) => new(status, body, "text/xml");
}
