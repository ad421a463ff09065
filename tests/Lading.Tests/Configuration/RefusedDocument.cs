namespace Lading.Tests.Configuration;

/// <param name="Json">The document.</param>
/// <param name="Expected">A part of what the reader says.</param>
/// <param name="SchemaTells">False where only the reader can see what is wrong.</param>
internal sealed record RefusedDocument(string Json, string Expected, bool SchemaTells);
