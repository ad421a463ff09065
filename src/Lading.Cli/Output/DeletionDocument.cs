namespace Lading.Cli.Output;

/// <summary>What was deleted, as JSON (docs/image.md, "JSON").</summary>
internal static class DeletionDocument
{
    public static string Of(DeletionScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", shown.Location.ToString());
            json.WriteBoolean("deleted", shown.IsDeleted);
            json.WriteEndObject();
        });
}
