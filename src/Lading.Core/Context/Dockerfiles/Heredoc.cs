namespace Lading.Context.Dockerfiles;

/// <summary>A document within a Dockerfile: <c>&lt;&lt;EOF</c> and the lines until <c>EOF</c>.</summary>
/// <param name="Name">The word that ends it.</param>
/// <param name="IsChomped">True for <c>&lt;&lt;-</c>: tabs that begin a line do not count.</param>
/// <param name="IsExpanded">False if the word was quoted.</param>
/// <param name="Content">Its lines.</param>
internal sealed record Heredoc(string Name, bool IsChomped, bool IsExpanded, string Content);
