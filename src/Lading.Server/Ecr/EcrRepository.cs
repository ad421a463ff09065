using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr;

/// <summary>The repository that a request is about.</summary>
/// <param name="Account">The registry's account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Record">How it is set up.</param>
/// <param name="Layout">Its images.</param>
internal sealed record EcrRepository(string Account, RepositoryName Name, RepositoryRecord Record, ImageLayout Layout);
