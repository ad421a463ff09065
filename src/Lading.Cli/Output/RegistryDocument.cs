namespace Lading.Cli.Output;

/// <summary>Where the embedded registry is served, as JSON.</summary>
internal static class RegistryDocument
{
    public static string Of(string address, string store) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("address", address);
            json.WriteString("store", store);
            json.WriteEndObject();
        });
}
