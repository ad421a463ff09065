using System.Text.Json;
using Lading.Apps;

namespace Lading.Cdk.Synthesis;

/// <summary>The document in the context of an app.</summary>
internal static class HandedDocument
{
    /// <summary>Reads it; null if there is none.</summary>
    /// <param name="context">What jsii makes of the context's value: dictionaries, lists, texts and numbers.</param>
    /// <exception cref="LadingException">It is of a newer version, or not what Lading hands over.</exception>
    public static AppDocument? Find(object? context) =>
        context is null ? null : AppDocumentReader.Read(JsonSerializer.SerializeToElement(context));
}
