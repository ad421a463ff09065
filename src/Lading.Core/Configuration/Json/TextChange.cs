namespace Lading.Configuration.Json;

/// <summary>A piece of a document that becomes another one.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">How many bytes go.</param>
/// <param name="Text">What comes in their place.</param>
internal sealed record TextChange(int Offset, int Length, string Text)
{
    /// <summary>A value that becomes another one.</summary>
    public static TextChange Of(Node node, string text) => new(node.Start, node.End - node.Start, text);
}
