namespace Lading.Testing.Faults;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Path and query.</param>
/// <param name="Authorization">Empty if there was none.</param>
/// <param name="Range">Empty if there was none.</param>
/// <param name="Protocol">Such as <c>HTTP/1.1</c>.</param>
internal sealed record SeenRequest(string Method, string Address, string Authorization, string Range, string Protocol);
