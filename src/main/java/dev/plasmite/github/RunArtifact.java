package dev.plasmite.github;

/**
 * An artifact of a workflow run: a zip file ("List workflow run artifacts" in GitHub's REST documentation).
 *
 * @param id its id
 * @param name its name, which a run can give twice
 * @param size in bytes, as GitHub states it
 * @param sha256 hex digest of the zip file as GitHub states it; empty when it states none
 * @param expired whether GitHub has thrown its bytes away
 */
public record RunArtifact(long id, String name, long size, String sha256, boolean expired) {}
