namespace Lading.Http;

/// <summary>Addresses for logs and errors: without credentials, and without queries, which may be signed.</summary>
internal static class Redacted
{
    public static string Of(Uri address) =>
        $"{address.Scheme}://{address.Authority}{address.AbsolutePath}{(address.Query.Length > 0 ? "?…" : "")}";
}
