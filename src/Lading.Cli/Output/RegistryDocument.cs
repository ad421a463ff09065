namespace Lading.Cli.Output;

/// <summary>The address of the embedded registry as JSON.</summary>
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
