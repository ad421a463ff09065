namespace Lading.Tests.Configuration;

/// <param name="Json">The document.</param>
/// <param name="Expected">A part of the reader's message.</param>
/// <param name="SchemaTells">False if only the reader can detect the mistake.</param>
internal sealed record RefusedDocument(string Json, string Expected, bool SchemaTells);
