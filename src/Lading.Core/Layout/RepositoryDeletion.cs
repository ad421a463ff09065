namespace Lading.Layout;

/// <summary>What became of a repository that was to be deleted.</summary>
internal enum RepositoryDeletion
{
    Deleted,
    NotFound,
    NotEmpty,
}
